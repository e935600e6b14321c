import { startTables } from "./tables.js";

startTables();
