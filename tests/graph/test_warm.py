from __future__ import annotations

import subprocess
import sys

# a process of its own: numba counts what this process compiled or read from its cache
SCRIPT = """
import pkgutil, importlib
from trihelix.graph import kernels
from trihelix.graph.network import Network
from trihelix.graph.warm import warm

def signatures():
    names = [m.name for m in pkgutil.iter_modules(kernels.__path__, kernels.__name__ + ".")]
    modules = [importlib.import_module(name) for name in names]
    found = {id(k): k for m in modules for k in vars(m).values() if hasattr(k, "signatures")}
    return sum(len(k.signatures) for k in found.values())

warm()
warmed = signatures()
network = Network.from_arrays([[0, 1], [1, 2], [2, 3], [0, 2]], [1.0, 2.0, 1.0, 3.0])
for measure in ("betweenness", "closeness", "pagerank", "constraint", "core", "eigenvector"):
    network.rank(measure)
network.paths("0", "3", by="strength")
network.bridges(by="community")
network.what_if("2")
network.predict()
print(warmed, signatures())
"""


def test_warming_compiles_what_questions_need() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    warmed, after = map(int, done.stdout.split())
    assert warmed > 40
    assert after == warmed
