# syntax=docker/dockerfile:1

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip package \
	&& mv target/*-exec.jar app.jar \
	&& java -Djarmode=tools -jar app.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --user-group --no-create-home --shell /usr/sbin/nologin pulsehook \
	&& mkdir --parents /app/plugins /data \
	&& chown pulsehook:pulsehook /data
WORKDIR /app
# From what seldom changes to what always does. The loader is for java -jar only.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY LICENSE src/image/start.sh ./
# Here and not in a stage of its own: a cache is good for this JVM and these files, at their paths and of their age. The
# directory for temporary files is none of the image.
RUN --mount=type=bind,source=src/image/train.sh,target=/training/train.sh \
	--mount=type=bind,source=src/test/resources/payloads,target=/training/payloads \
	--mount=type=tmpfs,target=/tmp \
	/training/train.sh /app /training/payloads
USER pulsehook
ENV PULSEHOOK_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
# The image has neither curl nor wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200'* ]]"]
ENTRYPOINT ["/app/start.sh"]
