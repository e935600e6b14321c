"""The engine: scenario, map and seed make a world; a world is played and leaves a trace."""

from simulation.engine.check import check as check
from simulation.engine.check import remarks as remarks
from simulation.engine.evening import play as play
from simulation.engine.evening import run_evening as run_evening
from simulation.engine.world import build_worlds as build_worlds
