"""The same kernel inside Spark: the same codes as here, person by person."""

import datetime as dt
import logging
import os
import shutil
import sys

import pyarrow as pa
import pytest

from sijeong.benefits.rules import population, spark
from sijeong.benefits.rules.columns import prepare, source_columns
from sijeong.benefits.rules.tests.conftest import SEOUL

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        shutil.which("java") is None, reason="Spark needs Java 17: apt-get install openjdk-17-jre-headless"
    ),
    pytest.mark.filterwarnings("default"),  # Spark's own; one is of pandas, through which none of our rows go
]
ON = dt.date(2024, 6, 3)


@pytest.fixture(scope="module")
def session(cache):
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is an extra: pip install sijeong[spark]")
    logging.getLogger("py4j").setLevel(logging.WARNING)  # it says good-bye when pytest has closed its output
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SEOUL.parents[2] / "src"), *sys.path]))
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "1").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.sql.adaptive.enabled", "false").config(
        "spark.sql.codegen.wholeStage", "false"
    )
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    yield session
    session.stop()


def test_spark_decides_as_we_do(session, rulebook, compiled, tmp_path):
    given = population.assumptions(SEOUL.parent / "population.yaml")
    file = tmp_path / "people.parquet"
    population.write(file, rulebook.inputs, given, people=6_000, seed=7)
    table = pa.parquet.read_table(file)
    here = compiled.run(prepare(table.select(source_columns(rulebook)), rulebook), ON)
    there = spark.decide(session.read.parquet(str(file)), SEOUL, ON).toArrow().sort_by("person_id")
    assert there.num_rows == 6_000
    for name in rulebook.benefits:
        assert (there.column(name).to_numpy() == here[name].dense(6_000)).all(), name
    assert sum(hits.total() for hits in here.values()) > 0
