#!/bin/bash -eu
# Builds every target with what the engine asks for, its seeds and the dictionary.
cd "$SRC/sharespec"
cargo fuzz build --fuzz-dir fuzz --features engine -O
for path in fuzz/fuzz_targets/*.rs; do
  name=$(basename "$path" .rs)
  cp "target/x86_64-unknown-linux-gnu/release/$name" "$OUT/"
  cp fuzz/words.dict "$OUT/$name.dict"
  if [[ -d fuzz/seeds/$name ]]; then
    zip -j "$OUT/${name}_seed_corpus.zip" fuzz/seeds/"$name"/*
  fi
done
# The distilled corpus, a file a case.
cases=$(mktemp -d)
for api in alibaba aws; do
  split -l 1 -d -a 4 "fixtures/corpus/$api.jsonl" "$cases/$api-"
done
zip -j -q "$OUT/sequences_seed_corpus.zip" "$cases"/*
