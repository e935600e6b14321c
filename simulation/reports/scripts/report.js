import { startPlayer } from "./player.js";
import { startTables } from "./tables.js";

document.querySelectorAll("section.player").forEach(startPlayer);
startTables();
