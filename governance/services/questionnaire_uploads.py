"""A questionnaire that came as a file: looked at first, then taken in as a draft."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.asking.checks import is_storable
from governance.models import Questionnaire, QuestionnaireUpload, QuestionnaireVersion
from governance.services.questionnaire_files import read_questionnaire
from governance.services.questionnaires import draft_from_dict
from mapping.models import Project

KEPT = dt.timedelta(days=1)
# Shorter than a web process may wait for one request.
MOST_SECONDS = 25


def read_upload(*, project: Project, upload: Any, by: Any) -> QuestionnaireUpload:
    """What the file would become, kept for a day. Raises FileRefused, NotPublishable."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        found = read_questionnaire(path=path, seconds=MOST_SECONDS)
    QuestionnaireUpload.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return QuestionnaireUpload.objects.create(
        project=project,
        file_name="".join(sign for sign in str(upload.name) if is_storable(sign))[:200],
        definition=found.definition,
        differences=[
            {
                "kind": row.kind,
                "sheet": row.sheet,
                "row": row.row,
                "name": row.name,
                "text": row.text,
                "params": {name: str(value) for name, value in row.params.items()},
            }
            for row in found.differences
        ],
        created_by=by,
    )


@transaction.atomic
def take_upload(
    *, upload: QuestionnaireUpload, questionnaire: Questionnaire | None, by: Any
) -> QuestionnaireVersion:
    """The draft, under a name of its own or as the next version of `questionnaire`. Raises NotPublishable."""
    version = draft_from_dict(
        definition=upload.definition, project=upload.project, by=by, questionnaire=questionnaire
    )
    upload.delete()
    return version
