# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm

# Pango draws the letters of the PDF; the fonts are the fall-back for letters that ours do not have.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=cohes3ion.settings.prod \
    VAR_DIR=/app/var

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

RUN useradd --system --uid 10001 --no-create-home stm \
    && mkdir -p /srv/media /app/var \
    && chown stm:stm /srv/media /app/var
COPY --chown=root:root . .
USER stm
# Static files depend on the code alone, so they are part of the image; the settings of production are not here yet.
RUN DJANGO_SETTINGS_MODULE=cohes3ion.settings.base python manage.py collectstatic --no-input

EXPOSE 8000
CMD ["gunicorn", "cohes3ion.wsgi", "--preload", "--no-control-socket", \
     "--workers", "2", "--threads", "4", "--keep-alive", "30"]
