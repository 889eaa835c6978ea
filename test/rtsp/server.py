#!/usr/bin/python3
"""An RTSP camera for tests, made of GStreamer's RTSP server.

Reads one line of JSON on stdin:

    {"port": 0, "fps": 25, "mounts": {"door": ["/tmp/a.h264", "/tmp/b.h264"]},
     "auth": {"method": "basic" | "digest", "user": "...", "password": "..."}}

and prints JSON lines: {"port": N} once it listens, then {"setup": PATH, "transport": "TCP" | "UDP"} for each client's choice.
A mount plays its clips in turn, for ever, shared by its clients, so a later client joins in the middle of a group of pictures.
SIGUSR1 stops and restarts the pictures (RTSP goes on answering); SIGSTOP freezes everything. Ends when stdin closes.

The password comes over stdin, so that it stands in no process list. Runs on 127.0.0.1 only. Debian packages: python3-gi
gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad.
"""

import itertools
import json
import signal
import sys
import threading
import time

import gi

for module in ("Gst", "GstRtsp", "GstRtspServer"):
    gi.require_version(module, "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

LAUNCH = (
    "( appsrc name=frames is-live=true format=time caps=video/x-{codec},stream-format=byte-stream,alignment=au"
    " ! {codec}parse ! rtp{codec}pay name=pay0 pt=96 config-interval=-1 )"
)


def say(**message):
    print(json.dumps(message), flush=True)


def codec_of(clip):
    return "h265" if clip.endswith(".h265") else "h264"


def access_units(clip):
    """The clip's coded pictures, each as bytes."""
    pipeline = Gst.parse_launch(
        f"filesrc name=file ! {codec_of(clip)}parse ! video/x-{codec_of(clip)},stream-format=byte-stream,alignment=au"
        " ! appsink name=units sync=false"
    )
    pipeline.get_by_name("file").set_property("location", clip)
    sink = pipeline.get_by_name("units")
    pipeline.set_state(Gst.State.PLAYING)
    units = []
    while (sample := sink.emit("pull-sample")) is not None:
        buffer = sample.get_buffer()
        units.append(buffer.extract_dup(0, buffer.get_size()))
    pipeline.set_state(Gst.State.NULL)
    if not units:
        sys.exit(f"no pictures in {clip}")
    return units


class Camera:
    """Pushes its access units into every media made for its mount, at their rate."""

    def __init__(self, clips, fps):
        self.units = [unit for clip in clips for unit in access_units(clip)]
        self.fps = fps

    def configure(self, _factory, media):
        gone = threading.Event()
        media.connect("unprepared", lambda _media: gone.set())
        source = media.get_element().get_by_name("frames")
        threading.Thread(target=self.play, args=(source, gone), daemon=True).start()

    def play(self, source, gone):
        started = time.monotonic()
        for index, unit in enumerate(itertools.cycle(self.units)):
            if gone.wait(max(0, started + index / self.fps - time.monotonic())):
                return
            # The first picture tells what the stream is: without it the server could not describe the stream.
            if stalled.is_set() and index > 0:
                continue
            buffer = Gst.Buffer.new_wrapped(unit)
            buffer.pts = buffer.dts = index * Gst.SECOND // self.fps
            if source.emit("push-buffer", buffer) != Gst.FlowReturn.OK:
                return


def secure(server, auth):
    token = GstRtspServer.RTSPToken.new()
    token.set_string("media.factory.role", "viewer")
    guard = GstRtspServer.RTSPAuth.new()
    if auth["method"] == "basic":
        guard.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        guard.add_basic(GstRtspServer.RTSPAuth.make_basic(auth["user"], auth["password"]), token)
    else:
        guard.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        guard.add_digest(auth["user"], auth["password"], token)
    server.set_auth(guard)


def viewers_only():
    permissions = GstRtspServer.RTSPPermissions.new()
    for right in ("access", "construct"):
        permissions.add_permission_for_role("viewer", f"media.factory.{right}", True)
    return permissions


def announce(client):
    def chosen(_client, context):
        transport = context.trans.get_transport().lower_transport
        say(setup=context.uri.abspath, transport="TCP" if transport == GstRtsp.RTSPLowerTrans.TCP else "UDP")

    client.connect("setup-request", chosen)


def toggle_stall():
    stalled.clear() if stalled.is_set() else stalled.set()
    return True


def quit_on_eof(_channel, _condition):
    loop.quit()
    return False


Gst.init(None)
config = json.loads(sys.stdin.readline())
stalled = threading.Event()
loop = GLib.MainLoop()
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, toggle_stall)
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, quit_on_eof)

server = GstRtspServer.RTSPServer.new()
server.set_address("127.0.0.1")
server.set_service(str(config["port"]))
for mount, clips in config["mounts"].items():
    factory = GstRtspServer.RTSPMediaFactory.new()
    factory.set_shared(True)
    factory.set_launch(LAUNCH.format(codec=codec_of(clips[0])))
    factory.connect("media-configure", Camera(clips, config["fps"]).configure)
    if "auth" in config:
        factory.set_permissions(viewers_only())
    server.get_mount_points().add_factory(f"/{mount}", factory)
if "auth" in config:
    secure(server, config["auth"])
server.connect("client-connected", lambda _server, client: announce(client))
if not server.attach(None):
    sys.exit(f"port {config['port']} is in use")
GLib.timeout_add_seconds(2, lambda: (server.get_session_pool().cleanup(), True)[1])
say(port=server.get_bound_port())
loop.run()
