"""Handing out one attachment: as a download under its own name, never shown inside our pages."""

import io
from typing import cast

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.platform.attachments import services
from shoumi.platform.directory.models import Person


@require_GET
def download(request: HttpRequest, name: str) -> FileResponse:
    """Read in the trail first, then sent; the browser may neither guess the type nor keep it."""
    found, content = services.download(
        actor=cast(Person, request.user), name=name, at=timezone.now()
    )
    response = FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=found.file_name,
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
