import { startChannels } from "./channels.js";
import { showBeside, startPlayer } from "./player.js";
import { startTables } from "./tables.js";

document.querySelectorAll("section.player").forEach((section) => {
  const player = startPlayer(section);
  showBeside(player, startChannels, player.scene.data.channels);
});
startTables();
