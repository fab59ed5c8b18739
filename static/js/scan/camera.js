// @ts-check
// The camera: asked for by a tap, looked through until it sees a code, kept ready for the next one for a
// while.
import { useEffect, useRef, useState } from '../lib/ui.js';
import { decode } from './decoder.js';

/**
 * Which camera: the one on the back, or the one that looks at who stands before it. @typedef {'environment' |
 *   'user'} Facing
 */
/** @typedef {'off' | 'starting' | 'looking' | 'ready'} Phase ready: it runs, but nobody looks */

const side = 640; // pixels of the square that is decoded: enough for a pass at arm's length
const pause = 90; // milliseconds between looks, so that old phones stay cool
const keepReady = 90_000;

/** @param {Facing} facing @returns {Promise<MediaStream>} */
const open = (facing) => navigator.mediaDevices.getUserMedia({
  audio: false,
  video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } },
});

/**
 * The square in the middle of what the camera sees.
 * @param {HTMLVideoElement} video @param {CanvasRenderingContext2D} g
 */
function frame(video, g) {
  const from = Math.min(video.videoWidth, video.videoHeight);
  const to = Math.min(from, side);
  g.canvas.width = to;
  g.canvas.height = to;
  g.drawImage(video, (video.videoWidth - from) / 2, (video.videoHeight - from) / 2, from, from, 0, 0, to, to);
  return g.getImageData(0, 0, to, to);
}

/** Whether this browser can give a camera at all: it needs HTTPS. */
export const hasCamera = () => !!navigator.mediaDevices?.getUserMedia;

/**
 * @param {(text: string) => void} onCode what the code says; looking has stopped by then @param {Facing}
 *   [facing]
 */
export function useCamera(onCode, facing = 'environment') {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const stream = useRef(/** @type {MediaStream | null} */ (null));
  const round = useRef(0); // a new round ends the loop of the one before
  const idle = useRef(0);
  const [phase, setPhase] = useState(/** @type {Phase} */ ('off'));
  const [light, setLight] = useState(/** @type {boolean | null} */ (null)); // null: there is none
  const report = useRef(onCode);
  report.current = onCode;

  const off = () => {
    round.current++;
    clearTimeout(idle.current);
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    setLight(null);
    setPhase('off');
  };
  /** Stops looking but keeps the camera for the next person. */
  const rest = () => {
    round.current++;
    video.current?.pause();
    setPhase('ready');
    clearTimeout(idle.current);
    idle.current = setTimeout(off, keepReady);
  };
  const look = async () => {
    const mine = ++round.current;
    const g = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const v = video.current;
    while (mine === round.current && v && g) {
      const { text, error } = v.videoWidth ? await decode(frame(v, g)) : { text: '', error: undefined };
      if (mine !== round.current) return;
      if (error) throw new Error(error);
      if (text) {
        rest();
        report.current(text);
        return;
      }
      await new Promise((done) => { setTimeout(done, pause); });
    }
  };
  /** Resolves once it stopped looking; rejects when there is no camera, no permission or no decoder. */
  const start = async () => {
    clearTimeout(idle.current);
    setPhase('starting');
    try {
      if (!stream.current?.active) {
        const opened = await open(facing);
        if (!video.current) return opened.getTracks().forEach((track) => track.stop());
        stream.current = opened;
        video.current.srcObject = opened;
        const can = /** @type {any} */ (opened.getVideoTracks()[0].getCapabilities?.() ?? {});
        setLight(can.torch ? false : null);
      }
      await video.current?.play();
      setPhase('looking');
      await look();
    } catch (err) {
      off();
      throw err;
    }
  };
  const toggleLight = async () => {
    const advanced = /** @type {any} */ ([{ torch: !light }]);
    await stream.current?.getVideoTracks()[0].applyConstraints({ advanced })
      .then(() => setLight(!light), () => {});
  };
  useEffect(() => {
    const away = () => { if (document.hidden) off(); };
    document.addEventListener('visibilitychange', away);
    return () => {
      document.removeEventListener('visibilitychange', away);
      off();
    };
  }, []);
  return { video, phase, light, start, rest, off, toggleLight };
}
