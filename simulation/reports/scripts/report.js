import { startPlayer } from "./player.js";

document.querySelectorAll("section.player").forEach(startPlayer);
