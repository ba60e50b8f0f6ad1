/**
 * Loaded before a gateway (`node --import`): its wall clock is off by WALL_OFFSET_MS, and by whatever its parent says later. The gateway
 * ends with its parent, so that no test leaves one behind.
 */
const trueNow = Date.now;
let offsetMs = Number(process.env.WALL_OFFSET_MS ?? 0);
Date.now = () => trueNow() + Math.round(offsetMs);
process.on('message', message => {
  offsetMs = message.wallOffsetMs;
});
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
