# One image for everything: `loopwell web`, `loopwell worker` and `loopwell migrate`.
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml README.md CHANGELOG.md LICENSE NOTICE ./
COPY src src
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 loopwell && mkdir /data && chown loopwell /data
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links=/wheels loopwell && rm -r /wheels
USER loopwell
ENV LOOPWELL_DATA_DIR=/data XDG_CACHE_HOME=/data/cache PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/auth/login/', timeout=4)"]
ENTRYPOINT ["loopwell"]
CMD ["up", "--host", "0.0.0.0", "--port", "8000"]
