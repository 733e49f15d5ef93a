"""Every method by name, and the three whole analyses: what `./run manage method` runs alone."""

from governance.analysis.method_gaps import gap_analysis
from governance.scoring.methods import METHODS as SCORING
from journeys.matching.methods import METHODS as MATCHING
from mapping.analysis.method_statistics import evidence_analysis
from mapping.analysis.method_synergies import synergy_analysis
from mapping.analysis.methods import METHODS as MAPPING

ANALYSES = {
    "evidence_analysis": evidence_analysis,
    "gap_analysis": gap_analysis,
    "synergy_analysis": synergy_analysis,
}
METHODS = dict(sorted({**MAPPING, **SCORING, **MATCHING, **ANALYSES}.items()))
