# 守密：装、用、查、测。`make help` 列出全部目标。
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
DATA ?= ./data/demo
PORT ?= 8000
YEAR ?= ./data/year
SHARE ?= 1
BIN := .venv/bin
export PYTHON

.PHONY: help setup demo run test test-pg coverage year bench bench-screening routes baselines faults check \
	assets assets-check clauses lock wheelhouse

help: ## 列出全部目标
	@printf '守密：可用的目标（make 目标名）\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-16s%s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n变量：DATA=数据目录（默认 ./data/demo）  PORT=端口（默认 8000）  PYTHON=解释器（默认 python3）\n      YEAR=一年演算的数据目录（默认 ./data/year）  SHARE=占全年工作量的几分（默认 1）\n'

setup: .venv/.run ## 建立 Python 环境，装好运行所需的全部软件包

.venv/.run: requirements/build.txt requirements/run.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh run

.venv/.dev: requirements/dev.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh dev

demo: setup ## 建好演示单位并启动，打印演示账号
	@$(BIN)/shoumi demo --data "$(DATA)" --port "$(PORT)"

run: setup ## 启动 DATA 所指的安装
	@$(BIN)/shoumi serve --data "$(DATA)" --port "$(PORT)"

test: .venv/.dev ## 备齐测试所需，在 SQLite 上跑全部测试，在 PostgreSQL 上跑机制全部、业务三分之一
	@scripts/system.sh tests
	@scripts/test.sh sqlite postgres/3

test-pg: .venv/.dev ## 只在 PostgreSQL 上跑全部测试
	@scripts/system.sh tests
	@scripts/test.sh postgres

coverage: .venv/.dev ## 跑全部测试并要求核心机制的每行每支都走到
	@scripts/system.sh tests
	@COVERAGE=1 scripts/test.sh sqlite postgres

year: .venv/.dev ## 新建一套安装，走完机要员一年的工作量，逐月核验
	@$(BIN)/python -m tests.proof.year_of_work "$(YEAR)" --share "$(SHARE)"

check: .venv/.dev ## 查格式、写法、类型、层次、迁移、前端文件和遗留地址
	@scripts/check.sh

bench: .venv/.dev ## 在 SQLite 和 PostgreSQL 上测速，末尾列表说明各项比值是否达到
	@scripts/system.sh postgresql
	@scripts/bench.sh

assets: ## 由 npm 的锁定文件重做随附的前端文件（需要 node）
	@scripts/assets.sh

assets-check: ## 核对随附的前端文件与清单一致（有 node 时重做比对）
	@$(PYTHON) scripts/check_assets.py

bench-screening: .venv/.dev ## 筛查的准确度和速度，与别的软件同场比较（LABELS=带标注的文件夹，可不给）
	@scripts/bench_peers.sh .bench
	@$(BIN)/python -m tests.bench.screening --peers .bench $(if $(LABELS),--labels "$(LABELS)" --pictures)

clauses: setup ## 列出义务条款的落实情况
	@$(BIN)/shoumi clauses

routes: .venv/.dev ## 把新增路由写进 tests/proof/routes.txt（一律先不准任何人进入）
	@$(BIN)/python scripts/routes.py

baselines: .venv/.dev ## 重写各页面查询次数的基准，由评审人看差别
	@SHOUMI_BASELINES=1 $(BIN)/python -m pytest -q tests/proof/test_query_counts.py

faults: .venv/.dev ## 逐一植入缺陷，要求所属测试全部查出
	@scripts/system.sh tests
	@$(BIN)/python -m tests.proof.faults

lock: ## 重新锁定 Python 软件包的版本和摘要
	@scripts/lock.sh

wheelhouse: .venv/.run ## 备好离线安装所需的全部软件包（放在 wheelhouse/）
	@scripts/wheelhouse.sh
