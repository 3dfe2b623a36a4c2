"""A nightly run over 5,000 pages on 50 hosts: requests, time, memory; kills; Scrapy on the same pages.

    python benchmarks/nightly.py                      5,000 pages over 50 hosts, four nights
    python benchmarks/nightly.py --kills 200          kill -9 at 200 random moments
    python benchmarks/nightly.py --scrapy PYTHON      the same pages with Scrapy of another environment

The server is a process of its own on loopback; the hosts are names that the benchmark resolves.
"""

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engines import nightly
from engines.nightly import tables
from engines.nightly.fetching import Crawl
from engines.nightly.reading import Desk
from extractors.sniff import media_type
from fetchers.clock import FixedClock
from fetchers.config import load
from tests.killing import kill_often
from tests.portal import NIGHT, Portal, config_text, html, loopback, read
from writers.lean import without_pandas

SCRAPY = """\
import sys, time, scrapy, socket, resource
from scrapy.crawler import CrawlerProcess
hosts, port, pages, folder = sys.argv[1].split(","), sys.argv[2], int(sys.argv[3]), sys.argv[4]
real = socket.getaddrinfo
class Portals(scrapy.Spider):
    name = "portals"
    async def start(self):
        for host in hosts:
            yield scrapy.Request(f"http://127.0.0.1:{port}/{host}/tin", self.listing)
    def listing(self, answer):
        yield from answer.follow_all(css="a.t", callback=self.page)
    def page(self, answer):
        yield {"url": answer.url, "bytes": len(answer.body)}
begun = time.time()
run = CrawlerProcess({"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "HTTPCACHE_ENABLED": True,
    "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy", "HTTPCACHE_DIR": folder, "HTTPCACHE_STORAGE":
    "scrapy.extensions.httpcache.FilesystemCacheStorage", "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
    "TELNETCONSOLE_ENABLED": False})
crawler = run.create_crawler(Portals)
run.crawl(crawler); run.start()
stats = crawler.stats.get_stats()
print("scrapy: seconds", round(time.time() - begun, 1), "of processor", round(time.process_time(), 1), "requests", stats.get("downloader/request_count"),
    "304", stats.get("downloader/response_status_count/304", stats.get("httpcache/revalidate", 0)), "items", stats.get("item_scraped_count"),
    "peak MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def fill(portal, hosts, pages, day):
    for h, host in enumerate(hosts):
        links = "".join(f'<a class="t" href="/{host}/tin/{n}">Tin</a>' for n in range(pages))
        portal.pages[f"/{host}/tin"] = html("Tin", links)
        for n in range(pages):
            revised = day == 2 and n == 0
            counted = day == 2 and n == 1
            text = "".join(f"<p>Số {k}: {k + 1}.{100 + h} người</p>" for k in range(20))
            lines = text.replace("<p>Số 3: 4.", "<p>Số 3: 9.") if revised else text
            filler = "<div>" + "nội dung " * 300 + f"{host} {n} {counted}</div>"
            portal.pages[f"/{host}/tin/{n}"] = html(f"Tin {n}", lines + filler)
        if day == 2:
            del portal.pages[f"/{host}/tin/2"]


def serve(hosts, pages, pipe):
    with Portal() as portal:
        pipe.send(portal.port)
        while (day := pipe.recv()) is not None:
            fill(portal, hosts, pages, day)
            gaps = {}
            for asked in portal.asked:
                gaps.setdefault(asked.host, []).append(asked.at)
            least = [b - a for times in gaps.values() for a, b in pairwise(times)]
            pipe.send((len(portal.asked), min(least, default=0.0)))
            portal.asked.clear()


def resident():
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * 4096 / 1e6


class Stages(threading.Thread):
    """Processor time of each stage of a night, and the most memory that this process holds in it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.stage, self.peaks, self.seconds, self.begun = "starting", {}, {}, time.process_time()
        self.entered = {}
        self._over = threading.Event()

    def run(self):
        while not self._over.wait(0.02):
            self.peaks[self.stage] = max(self.peaks.get(self.stage, 0), round(resident()))

    def enter(self, stage):
        now = time.process_time()
        self.seconds[self.stage] = round(now - self.begun, 1)
        self.stage, self.begun = stage, now
        self.entered[stage] = time.monotonic()

    def stop(self):
        self.enter("over")
        self._over.set()
        self.join()

    def watch(self, owner, name, stage):
        real = getattr(owner, name)

        def watched(*arguments, **named):
            self.enter(stage)
            return real(*arguments, **named)

        setattr(owner, name, watched)


def night(config, output, day, pipe):
    """One night in a process of its own, as a crontab starts it."""
    without_pandas()  # as the command does
    stages = Stages()
    stages.watch(Crawl, "fetch", "fetching")
    stages.watch(Desk, "work", "reading")
    stages.watch(tables, "write", "writing")
    stages.start()
    clock = FixedClock(NIGHT + timedelta(days=day))
    around = nightly.Surroundings(read, media_type, clock=clock, resolve=loopback)
    begun, used = time.monotonic(), time.process_time()
    made = nightly.run(load(config), output, nightly.Options(workers=0), around)
    took, used = time.monotonic() - begun, time.process_time() - used
    stages.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    fetched = stages.entered["reading"] - stages.entered["fetching"]
    told = made.facts, len(made.failures), took, fetched, used, stages.seconds, stages.peaks, peak
    pipe.send(told)


def nights(hosts, pages, delay, folder, scrapy):
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(hosts, pages, there))
    server.start()
    try:
        port = here.recv()

        class Fake:
            def url(self, path, host):
                return f"http://{host}:{port}{path}"

        sources = [
            (h, f"http://{h}:{port}/{h}/tin", 'kind = "listing"\nfollow = "a.t"') for h in hosts
        ]
        config = folder / "sources.toml"
        config.write_text(config_text(Fake(), *sources, delay=delay), encoding="utf-8")
        for day, name in enumerate(("first", "quiet", "eventful", "quiet")):
            here.send(min(day, 2))
            here.recv()
            told, tell = spawn.Pipe()
            process = spawn.Process(target=night, args=(config, folder / "out", day, tell))
            process.start()
            facts, failures, took, fetched, used, seconds, peaks, peak = told.recv()
            process.join()
            here.send(min(day, 2))
            requests, least = here.recv()
            print(
                f"{name:9} {took:6.1f} s, fetching {fetched:.1f} s; {used:.1f} s of processor {seconds}\n"
                f"          {requests} requests at the server, least gap {least:.3f} s\n"
                f"          {json.dumps(facts['requests'])}\n"
                f"          read {facts['documents_read']} {json.dumps(facts['changes'])} failures {failures}\n"
                f"          peak MB {peak}, by stage {peaks}",
                flush=True,
            )
        if scrapy:
            for name in ("first", "again"):
                here.send(0)
                here.recv()
                arguments = [",".join(hosts), str(port), str(pages), str(folder / "scrapy")]
                (folder / "spider.py").write_text(SCRAPY, encoding="utf-8")
                subprocess.run([scrapy, "spider.py", *arguments], check=False, cwd=folder)
                here.send(0)
                print(f"  {name}: {here.recv()[0]} requests at the server")
        here.send(None)
    finally:
        server.join(5)
        server.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--pages", type=int, default=100, help="pages of each host")
    parser.add_argument("--delay", type=float, default=0.02)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--scrapy", help="a Python that has Scrapy")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.kills:
            nights_, takes = kill_often(Path(folder), given.kills)
            print(f"{given.kills} kills over {nights_} nights: the same bytes each time; "
                  f"undisturbed, a first, an eventful and a quiet one take {[round(t, 1) for t in takes]} s")  # fmt: skip
            return
        hosts = [f"so{n}.test" for n in range(given.hosts)]
        nights(hosts, given.pages, given.delay, Path(folder), given.scrapy)


if __name__ == "__main__":
    main()
