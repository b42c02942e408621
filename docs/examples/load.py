"""Load every config of a corpus folder through `datasets` and show what is in it."""

import sys
from pathlib import Path

from datasets import load_dataset

corpus = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[2] / "corpus")
for config in ("documents", "entities", "quotes", "claims"):
    splits = load_dataset(corpus, config)
    counts = ", ".join(f"{name} {split.num_rows}" for name, split in splits.items())
    print(f"{config}: {counts}")

claims = load_dataset(corpus, "claims", split="test").to_pandas()
print(claims[["text", "claimant_name", "kind", "verdict"]].head(8).to_string())
