"""Simulates a *Boef in de Wijk* evening on real streets.

A role-player, the suspect (*boef*), walks through a neighbourhood (*wijk*); residents spot him, call, post and look for him.
The way through the package:

```
load_scenario, parse_scenario, read_map -> run_evening -> Trace -> score, causal_chain, why_lines, report_html, write_run
                                        -> show_evening
                                        -> alert_graph -> structure_measures
                                        -> compare_structures -> Comparison, read_results, compared_lines, needed_lines
make_neighbourhood -> import_osm -> with_sight -> write_map -> check_map
load_sweep -> tornado
REGISTRY, MEASURES: every number of the model, and everything that is measured
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
    from simulation.experiments.compare import compare_structures as compare_structures
    from simulation.experiments.frames import read_results as read_results
    from simulation.experiments.sweep import load_sweep as load_sweep
    from simulation.experiments.tornado import tornado as tornado
    from simulation.maps.osm import import_osm as import_osm
    from simulation.maps.pinned import read_map as read_map
    from simulation.maps.pinned import write_map as write_map
    from simulation.maps.quality import check_map as check_map
    from simulation.maps.sight import with_sight as with_sight
    from simulation.maps.streetmap import StreetMap as StreetMap
    from simulation.maps.synthetic import make_neighbourhood as make_neighbourhood
    from simulation.measures import MEASURES as MEASURES
    from simulation.reports import report_html as report_html
    from simulation.reports.comparison.needed import needed_lines as needed_lines
    from simulation.reports.comparison.words import compared_lines as compared_lines
    from simulation.reports.player.playback import show_evening as show_evening
    from simulation.runs import write_run as write_run
    from simulation.scenario import REGISTRY as REGISTRY
    from simulation.scenario import load_scenario as load_scenario
    from simulation.scenario import parse_scenario as parse_scenario
    from simulation.scoring import score as score
    from simulation.trace.log import Trace as Trace
    from simulation.trace.records import Record as Record
    from simulation.trace.why import causal_chain as causal_chain
    from simulation.trace.why_words import why_lines as why_lines

__version__ = "0.1.0"

_MODULE_OF = {
    "BoefError": "simulation.errors",
    "InputError": "simulation.errors",
    "InternalError": "simulation.errors",
    "MEASURES": "simulation.measures",
    "MapError": "simulation.errors",
    "REGISTRY": "simulation.scenario",
    "Record": "simulation.trace.records",
    "RunError": "simulation.errors",
    "ScenarioError": "simulation.errors",
    "StreetMap": "simulation.maps.streetmap",
    "Trace": "simulation.trace.log",
    "WorldError": "simulation.errors",
    "alert_graph": "simulation.engine.structure",
    "causal_chain": "simulation.trace.why",
    "check_map": "simulation.maps.quality",
    "compare_structures": "simulation.experiments.compare",
    "compared_lines": "simulation.reports.comparison.words",
    "import_osm": "simulation.maps.osm",
    "load_scenario": "simulation.scenario",
    "load_sweep": "simulation.experiments.sweep",
    "make_neighbourhood": "simulation.maps.synthetic",
    "needed_lines": "simulation.reports.comparison.needed",
    "parse_scenario": "simulation.scenario",
    "read_map": "simulation.maps.pinned",
    "read_results": "simulation.experiments.frames",
    "report_html": "simulation.reports",
    "run_evening": "simulation.engine",
    "score": "simulation.scoring",
    "show_evening": "simulation.reports.player.playback",
    "structure_measures": "simulation.channels.structure",
    "tornado": "simulation.experiments.tornado",
    "why_lines": "simulation.trace.why_words",
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
