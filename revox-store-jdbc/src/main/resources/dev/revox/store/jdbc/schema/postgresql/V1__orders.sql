-- Orders, attempts and jobs of Revox, for PostgreSQL 12 and later.
-- Every instant but those of revox_job is a whole number of nanoseconds since 1970-01-01 UTC, so that what is read equals what
-- was written; the view revox_calls shows them as timestamps. A tenant of '' means: without tenants.

CREATE TABLE revox_snapshot (
  hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE revox_order (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  paused BOOLEAN NOT NULL,
  reported BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  due_at BIGINT,
  to_number TEXT COLLATE "C" NOT NULL,
  concurrency_key TEXT COLLATE "C",
  concurrency_max INTEGER,
  idempotency_key TEXT COLLATE "C",
  campaign_id TEXT COLLATE "C",
  outcome TEXT COLLATE "C",
  outcome_summary TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  snapshot TEXT COLLATE "C" NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX revox_order_idempotency ON revox_order (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX revox_order_newest ON revox_order (tenant, created_at, id);
CREATE INDEX revox_order_status ON revox_order (tenant, status, created_at, id);
CREATE INDEX revox_order_number ON revox_order (tenant, to_number, created_at, id);
CREATE INDEX revox_order_campaign ON revox_order (tenant, campaign_id, created_at, id) WHERE campaign_id IS NOT NULL;
CREATE INDEX revox_order_waiting ON revox_order (due_at, id, tenant)
  WHERE status IN ('INITIALIZING', 'SCHEDULED') AND NOT paused;
CREATE INDEX revox_order_queue ON revox_order (tenant, concurrency_key, due_at, id)
  WHERE status = 'QUEUED_FOR_CALLING' AND NOT paused AND concurrency_key IS NOT NULL;
CREATE INDEX revox_order_free_queue ON revox_order (due_at, id, tenant)
  WHERE status = 'QUEUED_FOR_CALLING' AND NOT paused AND concurrency_key IS NULL;
CREATE INDEX revox_order_unreported ON revox_order (updated_at, id, tenant)
  WHERE status IN ('COMPLETED', 'CANCELLED', 'ERRORED') AND NOT reported;

CREATE TABLE revox_order_tag (
  tenant TEXT COLLATE "C" NOT NULL,
  tag BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  order_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, tag, created_at, order_id)
);

CREATE TABLE revox_attempt (
  tenant TEXT COLLATE "C" NOT NULL,
  order_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  live BOOLEAN NOT NULL,
  owner_name TEXT COLLATE "C",
  owner_life BIGINT,
  line TEXT COLLATE "C",
  concurrency_key TEXT COLLATE "C",
  holds_until BIGINT,
  to_number TEXT COLLATE "C" NOT NULL,
  started_at BIGINT,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, order_id, id)
);

CREATE INDEX revox_attempt_number ON revox_attempt (tenant, to_number, started_at);
CREATE INDEX revox_attempt_owner ON revox_attempt (owner_name, owner_life) WHERE live;
CREATE INDEX revox_attempt_slot ON revox_attempt (tenant, concurrency_key)
  WHERE (live OR holds_until IS NOT NULL) AND concurrency_key IS NOT NULL;
CREATE INDEX revox_attempt_line ON revox_attempt (line)
  WHERE (live OR holds_until IS NOT NULL) AND line IS NOT NULL;

CREATE TABLE revox_history (
  tenant TEXT COLLATE "C" NOT NULL,
  order_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  cause TEXT COLLATE "C" NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (tenant, order_id, seq)
);

CREATE TABLE revox_outbox (
  tenant TEXT COLLATE "C" NOT NULL,
  order_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  event_id TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, order_id, seq)
);

-- One row per concurrency key and per line: whoever begins an attempt changes it first, so that beginnings go one by one.
CREATE TABLE revox_slot (
  tenant TEXT COLLATE "C" NOT NULL,
  concurrency_key TEXT COLLATE "C" NOT NULL,
  begun BIGINT NOT NULL,
  PRIMARY KEY (tenant, concurrency_key)
);

CREATE TABLE revox_line (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  begun BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);

CREATE SEQUENCE revox_life;

CREATE TABLE revox_node (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  life BIGINT NOT NULL,
  beat BIGINT NOT NULL
);

-- The table of db-scheduler. A queue is small and changes all the time: it is swept early.
CREATE TABLE revox_job (
  task_name TEXT COLLATE "C" NOT NULL,
  task_instance TEXT COLLATE "C" NOT NULL,
  task_data BYTEA,
  execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success TIMESTAMP WITH TIME ZONE,
  last_failure TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat TIMESTAMP WITH TIME ZONE,
  version BIGINT NOT NULL,
  priority SMALLINT,
  PRIMARY KEY (task_name, task_instance)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX revox_job_execution_time ON revox_job (execution_time);
CREATE INDEX revox_job_heartbeat ON revox_job (last_heartbeat) WHERE last_heartbeat IS NOT NULL;

CREATE VIEW revox_calls AS
  SELECT
    tenant,
    id,
    status,
    paused,
    to_number,
    campaign_id,
    outcome,
    to_timestamp(due_at / 1000000000.0) AS due,
    to_timestamp(created_at / 1000000000.0) AS created,
    to_timestamp(updated_at / 1000000000.0) AS updated
  FROM revox_order;
