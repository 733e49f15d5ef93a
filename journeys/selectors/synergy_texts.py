"""What each method of the synergy analysis answers, in plain words."""

from django.utils.translation import gettext_lazy as _

from journeys.selectors.method_texts import OWN, MethodText

NO_CODES = ("NO_DATA", _("one side has no codes"))

SYNERGY_TEXTS: dict[str, MethodText] = {
    "overlap": MethodText(
        question=_("Do two capabilities work in related fields?"),
        title=_("Overlap of codes"),
        answer=_(
            "Each capability carries codes: economic, scientific, policy. Two codes are close "
            "when they meet deep in the tree of "
            "their list. Half the weight is on economic codes, a quarter each on the others."
        ),
        symbols=(
            ("O", _("overlap, 0 to 1")),
            ("w", _("weight of a part: 0.5, 0.25, 0.25")),
            ("s", _("how well the codes of a part match, both ways")),
            ("depth", _("place of a code, or of the branch two codes share, in the tree")),
        ),
        undefined=(NO_CODES,),
        limits=_(
            "Similarity alone is never called a synergy. Codes that share only the root of a "
            "list count as unrelated."
        ),
        source="Wu & Palmer (1994); Mihalcea, Corley & Strapparava (2006)",
    ),
    "kinds": MethodText(
        question=_("Where do units fit together?"),
        title=_("Common strength, complementarity, one-sided need"),
        answer=_(
            "Two strong capabilities in the same field and role are a common strength; in "
            "related fields and different roles they "
            "complement each other. A strong one and a weak one with a priority make a one-sided need."
        ),
        symbols=(("O", _("overlap")), ("s", _("strength of a capability, 1 to 5"))),
        undefined=(
            ("NO_STRENGTH", _("a missing strength could still change the verdict")),
            ("NO_ROLE", _("the role is not known")),
        ),
        limits=_(
            "A verdict names two rows to look at. Whether people want to work together is theirs to say."
        ),
        source=OWN,
    ),
    "coordination": MethodText(
        question=_("Which synergies are not used?"),
        title=_("Coordination"),
        answer=_(
            "The deepest governance space that both units share on the topic: from depth 3 the "
            "synergy is used, below it is loose, "
            "without any it is unused."
        ),
        symbols=(("depth", _("1 information to 5 joint delivery")),),
        undefined=(
            ("NO_DATA", _("a shared space whose depth is not known")),
            ("BETWEEN_REGIONS", _("spaces belong to one region")),
        ),
        limits=_("People also meet outside the spaces on the map."),
        source=OWN,
    ),
    "priorities": MethodText(
        question=_("Do priorities and strengths match?"),
        title=_("Niches, uncovered and anchored priorities, aligned units"),
        answer=_(
            "A niche is a leading capability linked to no priority. A priority is uncovered when "
            "no unit is strong in it, and "
            "anchored in the share of units that are. A unit is aligned in the share of its "
            "strong capabilities that are linked."
        ),
        symbols=(
            ("n strong", _("units with a linked capability of strength 3 or more")),
            ("n known", _("units about which this is known")),
            ("c", _("capabilities of strength 3 or more of a unit")),
        ),
        undefined=(("NO_DATA", _("no capability of known strength and known link")),),
        limits=_("A niche is not a mistake; it may be the next priority."),
        source=OWN,
    ),
    "spaces": MethodText(
        question=_("Who is missing at the table?"),
        title=_("Coverage and depth of spaces, missing seats"),
        answer=_(
            "Coverage: of the pairs of units with a synergy, the share that sits together "
            "somewhere. A seat is missing when a helix, "
            "or a unit that leads on a topic, is in no space on it."
        ),
        symbols=(
            ("n together", _("pairs of units that share a space")),
            ("n synergy", _("pairs of units with a synergy")),
        ),
        undefined=(("NO_DATA", _("no synergy, or no depth recorded")),),
        limits=_("Nothing is claimed where the members of a space were not recorded."),
        source=OWN,
    ),
    "alignment": MethodText(
        question=_("Do the levels pull in the same direction?"),
        title=_("Alignment of levels"),
        answer=_(
            "How well the codes of a unit are found in the regional priorities, and the "
            "priorities in the unit; both ways."
        ),
        symbols=(("w", _("weight of a code on its side")), ("best", _("its closest code on the other side"))),
        undefined=(NO_CODES,),
        limits=_("A low value is no defect: levels may share the work."),
        source="Mihalcea, Corley & Strapparava (2006) AAAI 21:775-780",
    ),
    "brokers": MethodText(
        question=_("Who connects the levels?"),
        title=_("Brokers"),
        answer=_(
            "The share of shortest ways between two others that lead through a unit or a body. Beside it "
            "stands how often it lies between two that are not tied themselves, and in whose groups. Density "
            "is the share of all possible ties that are there."
        ),
        symbols=(
            ("σ st", _("shortest ways from s to t")),
            ("σ st(v)", _("those that pass v")),
            ("n", _("members of the network")),
            ("m", _("ties of the network")),
        ),
        undefined=(("N_TOO_SMALL", _("fewer than three members, for the density fewer than two")),),
        limits=_("Only ties on the map count. Pairs that no way leads between count as 0."),
        source="Freeman (1977) Sociometry 40:35-41; Gould & Fernandez (1989) Sociological Methodology 19",
    ),
    "mixing": MethodText(
        question=_("Do ties stay inside their level?"),
        title=_("Ties across and inside (E-I index)"),
        answer=_(
            "Ties between different levels, or helices, less those inside one, as a share of all ties: −1 "
            "when every tie stays inside, 1 when every tie leads out. Members of a small group have mostly "
            "others to be tied to. So the number stands beside the one that the sizes of the groups alone "
            "would give."
        ),
        symbols=(
            ("E, I", _("ties across groups, ties inside a group")),
            ("P", _("possible ties, if everybody were tied to everybody")),
        ),
        undefined=(
            ("NO_DATA", _("no tie on the map")),
            ("NO_VARIANCE", _("for so many ties only one value is possible")),
        ),
        limits=_("Leading out is no merit by itself: some work is best done inside a level."),
        source="Krackhardt & Stern (1988) Social Psychology Quarterly 51:123-140",
    ),
    "helix": MethodText(
        question=_("Is everybody on board?"),
        title=_("Balance of the four helices"),
        answer=_(
            "1 when business, knowledge, government and civil society are equally present, 0 "
            "when only one is."
        ),
        symbols=(("p", _("share of a helix among the actors")),),
        undefined=(("NO_DATA", _("no actor on the map")),),
        limits=_("It counts actors, not their weight."),
        source="Pielou (1966); Shannon (1948), always with four helices",
    ),
    "similarity": MethodText(
        question=_("Which regions are alike?"),
        title=_("Similarity of profiles"),
        answer=_("The part of the two profiles that is common: the smaller share of each field, added up."),
        symbols=(("s", _("share of a field in a region's strengths")),),
        undefined=(NO_CODES, ("ZERO_TOTAL", _("a region without any strength"))),
        limits=_("Alike is not the same as useful to each other."),
        source="Finger & Kreinin (1979) Economic Journal 89:905-912",
    ),
    "complementarity": MethodText(
        question=_("Which region can add what is missing here?"),
        title=_("Directed complementarity"),
        answer=_(
            "For each field a region does not have: how much of what surrounds it the partner "
            "can bring. It is not the same both ways."
        ),
        symbols=(
            ("φ", _("relatedness of two fields: how often they occur together")),
            ("M", _("1 if a region is present in a field, otherwise 0")),
            ("W", _("equal weights of the fields the region lacks")),
        ),
        undefined=(
            ("NO_DATA", _("a region without an economic capability of known strength")),
            ("ZERO_TOTAL", _("the region lacks no field that is related to another")),
        ),
        limits=_(
            "It shows potential, not interest. With few regions the relatedness of fields rests on little."
        ),
        source="Balland & Boschma (2021) Regional Studies 55:1059-1070",
    ),
    "fill": MethodText(
        question=_("Which stages of the value chain can a partner supply?"),
        title=_("Value-chain fill"),
        answer=_("Of the stages a region lacks in the fields where it is active, the share another one has."),
        symbols=(("a", _("strength in a stage, 0 to 1")), ("w", _("weight of the stage"))),
        undefined=(
            ("ZERO_TOTAL", _("no gap to fill")),
            ("COVERAGE_TOO_LOW", _("fewer than two thirds of the stages are known of both")),
            ("NOT_APPLICABLE", _("a region beside itself")),
            ("NO_DATA", _("nothing in common")),
        ),
        limits=_("A stage is a role in the value chain, not a firm."),
        source=OWN,
    ),
    "noise": MethodText(
        question=_("How much of this would chance produce?"),
        title=_("Noise level"),
        answer=_(
            "The strengths of a region change places at random, 20 times. The share of verdicts "
            "that stay is the noise."
        ),
        symbols=(("n kept", _("verdicts that stay")), ("n verdicts", _("all verdicts"))),
        undefined=(("NO_DATA", _("no verdict")),),
        limits=_("Where all strengths are alike, noise is high: then the codes decide, not the strengths."),
        source=OWN,
    ),
}
