"""Simulates a *Boef in de Wijk* evening on real streets.

A role-player, the suspect (*boef*), walks through a neighbourhood (*wijk*); residents spot him, call, post and look for him.
The way through the package:

```
load_scenario, read_map -> run_evening -> Trace -> score, causal_chain, report_html, write_run
                        -> alert_graph -> structure_measures
```

The names below are the public interface. They are loaded when first used: `import simulation` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.channels.structure import structure_measures as structure_measures
    from simulation.engine import run_evening as run_evening
    from simulation.engine.structure import alert_graph as alert_graph
    from simulation.errors import BoefError as BoefError
    from simulation.errors import InputError as InputError
    from simulation.errors import InternalError as InternalError
    from simulation.errors import MapError as MapError
    from simulation.errors import RunError as RunError
    from simulation.errors import ScenarioError as ScenarioError
    from simulation.errors import WorldError as WorldError
    from simulation.maps.osm import import_osm as import_osm
    from simulation.maps.pinned import read_map as read_map
    from simulation.maps.pinned import write_map as write_map
    from simulation.maps.sight import with_sight as with_sight
    from simulation.maps.streetmap import StreetMap as StreetMap
    from simulation.maps.synthetic import make_neighbourhood as make_neighbourhood
    from simulation.reports import report_html as report_html
    from simulation.runs import write_run as write_run
    from simulation.scenario import load_scenario as load_scenario
    from simulation.scoring import score as score
    from simulation.trace.log import Trace as Trace
    from simulation.trace.records import Record as Record
    from simulation.trace.why import causal_chain as causal_chain

__version__ = "0.1.0"

_MODULE_OF = {
    "BoefError": "simulation.errors",
    "InputError": "simulation.errors",
    "InternalError": "simulation.errors",
    "MapError": "simulation.errors",
    "Record": "simulation.trace.records",
    "RunError": "simulation.errors",
    "ScenarioError": "simulation.errors",
    "StreetMap": "simulation.maps.streetmap",
    "Trace": "simulation.trace.log",
    "WorldError": "simulation.errors",
    "alert_graph": "simulation.engine.structure",
    "causal_chain": "simulation.trace.why",
    "import_osm": "simulation.maps.osm",
    "load_scenario": "simulation.scenario",
    "make_neighbourhood": "simulation.maps.synthetic",
    "read_map": "simulation.maps.pinned",
    "report_html": "simulation.reports",
    "run_evening": "simulation.engine",
    "score": "simulation.scoring",
    "structure_measures": "simulation.channels.structure",
    "with_sight": "simulation.maps.sight",
    "write_map": "simulation.maps.pinned",
    "write_run": "simulation.runs",
}

__all__ = ["__version__", *_MODULE_OF]  # noqa: PLE0604 - every key is a text


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a public name may be anything
    """Load a public name when it is first used."""
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
