#!/usr/bin/env python3
"""Activity files to Parquet on Apache Spark: a row an activity, partitioned by year.

Paths go into `hardlegs batch -`, a line of JSON a path comes out. Nobody trusts an exit code:
paths are counted against rows, the missing are done again, one path a partition, and what is
missing then is named. So a lost executor costs a retry, a file that kills the program costs
that file, and the same command over the same OUT resumes.
"""
import argparse
import os
import shlex
import subprocess
import sys
import tempfile

# executors take the python3 of their PATH unless this is set before Spark begins
os.environ.setdefault('PYSPARK_PYTHON', sys.executable)

from pyspark.sql import SparkSession, functions as F

# what is kept of a line: any key of `hardlegs schema batch` may be added
LINE = '''struct<path: string, id: string, error: struct<code: string, message: string>,
    activities: array<struct<part: int, sport: string, name: string, start: timestamp,
        distance_m: double, gain_m: double, loss_m: double, moving_s: double,
        climb_volume_m: double, descent_volume_m: double,
        concentric_load: double, eccentric_load: double,
        concentric_intensity: double, eccentric_intensity: double,
        con_j_per_kg: double, ecc_j_per_kg: double>>,
    broken: string>'''


def by_pipe(spark, paths, parts, command):
    """Lines through `rdd.pipe`: classic Spark only."""
    # pipe starts the program in an empty environment, which is all that it wants
    lines = spark.sparkContext.parallelize(paths, parts).pipe(shlex.join(command))
    return spark.createDataFrame(lines.map(lambda line: (line,)), 'line string')


def by_arrow(spark, paths, parts, command):
    """Lines through `mapInArrow`: no RDD is asked for, so Spark Connect should do."""

    def score(batches):
        import pyarrow

        # files, not pipes: a program that nobody reads while it is fed would wait for ever
        with tempfile.TemporaryFile() as todo, tempfile.TemporaryFile() as done:
            for batch in batches:
                todo.writelines(path.encode() + b'\n' for path in batch.column(0).to_pylist())
            todo.seek(0)
            subprocess.run(command, stdin=todo, stdout=done, stderr=sys.stderr, env={})
            done.seek(0)
            while lines := done.readlines(1 << 20):
                text = [line.decode('utf-8', 'replace') for line in lines]
                yield pyarrow.RecordBatch.from_arrays([pyarrow.array(text)], ['line'])

    rows = spark.createDataFrame([(path,) for path in paths], 'path string')
    return rows.repartition(parts).mapInArrow(score, 'line string')


ROUTES = {'pipe': by_pipe, 'arrow': by_arrow}


def table(lines):
    """A row an activity, and a row an input that could not be scored."""
    options = {'columnNameOfCorruptRecord': 'broken'}
    line = lines.select(F.from_json('line', LINE, options).alias('line')).select('line.*')
    # half a line, of a program that died while it wrote: its path counts as missing
    line = line.where('broken is null and path is not null')
    rows = line.select('path', 'id', 'error', F.explode_outer('activities').alias('activity'))
    rows = rows.select('path', 'id', 'activity.*', F.col('error.code').alias('error_code'),
                       F.col('error.message').alias('error'))
    return rows.withColumn('year', F.coalesce(F.year('start'), F.lit(0)))


def missing(spark, paths, out):
    """Paths without a row, in their order."""
    try:
        have = {row.path for row in spark.read.parquet(out).select('path').distinct().toLocalIterator()}
    except Exception as error:
        if 'PATH_NOT_FOUND' not in str(error) and 'UNABLE_TO_INFER_SCHEMA' not in str(error):
            raise
        have = set()
    return [path for path in paths if path not in have]


def score(spark, paths, out, command, route='pipe', parts=16):
    """Scores what OUT lacks; the paths that it still lacks afterwards."""
    todo = missing(spark, paths, out)
    for parts in (parts, None):
        if not todo:
            break
        lines = ROUTES[route](spark, todo, min(parts or len(todo), len(todo)), command)
        # a file a year; many millions of rows want more: repartition(8, 'year', 'path')
        table(lines).repartition('year').write.mode('append').partitionBy('year').parquet(out)
        todo = missing(spark, todo, out)
        print(f'{out}: {len(todo)} of {len(paths)} paths without a row', flush=True)
    return todo


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument('paths', help='a list of paths, one a line, as the executors see them')
    words.add_argument('out', help='folder of Parquet files; what is there is not done again')
    words.add_argument('--program', default='/usr/local/bin/hardlegs', help='absolute, on every executor')
    words.add_argument('--flags', default='', help="of hardlegs batch: '--config /etc/hardlegs.toml'")
    words.add_argument('--route', choices=ROUTES, default='pipe')
    words.add_argument('--parts', type=int, default=16, help='3 to 10 a core, 500 to 5000 files each')
    words.add_argument('--master', help='as of spark-submit')
    given = words.parse_args()
    with open(given.paths, encoding='utf-8') as lines:
        paths = [line.rstrip('\r\n') for line in lines if line.strip()]
    builder = SparkSession.builder.appName('hardlegs').config('spark.sql.session.timeZone', 'UTC')
    spark = (builder.master(given.master) if given.master else builder).getOrCreate()
    command = [given.program, 'batch', '-', *shlex.split(given.flags)]
    left = score(spark, paths, given.out, command, given.route, given.parts)
    spark.stop()
    for path in left:
        print('no answer for', path)
    return int(bool(left))


if __name__ == '__main__':
    sys.exit(main())
