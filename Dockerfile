# The binary alone, with a shell for pipelines: docker build --tag sharespec:0.1.0 .
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --locked --release --package sharespec-cli

FROM debian:bookworm-slim
COPY --from=build /src/target/release/sharespec /usr/local/bin/sharespec
WORKDIR /work
ENTRYPOINT ["sharespec"]
CMD ["--help"]
