-- Orders, attempts and jobs of Revox, for H2 2.x.
-- Every instant but those of revox_job is a whole number of nanoseconds since 1970-01-01 UTC, so that what is read equals what
-- was written; the view revox_calls shows them as timestamps. A tenant of '' means: without tenants.

CREATE TABLE IF NOT EXISTS revox_snapshot (
  hash VARCHAR NOT NULL PRIMARY KEY,
  body VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS revox_order (
  tenant VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  paused BOOLEAN NOT NULL,
  reported BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  due_at BIGINT,
  to_number VARCHAR NOT NULL,
  concurrency_key VARCHAR,
  concurrency_max INTEGER,
  idempotency_key VARCHAR,
  campaign_id VARCHAR,
  outcome VARCHAR,
  outcome_summary VARCHAR,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  snapshot VARCHAR NOT NULL,
  body VARCHAR NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS revox_order_idempotency ON revox_order (tenant, idempotency_key);
CREATE INDEX IF NOT EXISTS revox_order_newest ON revox_order (tenant, created_at, id);
CREATE INDEX IF NOT EXISTS revox_order_status ON revox_order (tenant, status, created_at, id);
CREATE INDEX IF NOT EXISTS revox_order_number ON revox_order (tenant, to_number, created_at, id);
CREATE INDEX IF NOT EXISTS revox_order_campaign ON revox_order (tenant, campaign_id, created_at, id);
CREATE INDEX IF NOT EXISTS revox_order_waiting ON revox_order (status, paused, due_at);
CREATE INDEX IF NOT EXISTS revox_order_queue ON revox_order (status, paused, tenant, concurrency_key, due_at, id);
CREATE INDEX IF NOT EXISTS revox_order_unreported ON revox_order (reported, status, updated_at);

CREATE TABLE IF NOT EXISTS revox_order_tag (
  tenant VARCHAR NOT NULL,
  tag BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  order_id VARCHAR NOT NULL,
  PRIMARY KEY (tenant, tag, created_at, order_id)
);

CREATE TABLE IF NOT EXISTS revox_attempt (
  tenant VARCHAR NOT NULL,
  order_id VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  seq BIGINT NOT NULL,
  live BOOLEAN NOT NULL,
  owner_name VARCHAR,
  owner_life BIGINT,
  line VARCHAR,
  concurrency_key VARCHAR,
  holds_until BIGINT,
  to_number VARCHAR NOT NULL,
  started_at BIGINT,
  body VARCHAR NOT NULL,
  PRIMARY KEY (tenant, order_id, id)
);

CREATE INDEX IF NOT EXISTS revox_attempt_number ON revox_attempt (tenant, to_number, started_at);
CREATE INDEX IF NOT EXISTS revox_attempt_owner ON revox_attempt (live, owner_name, owner_life);
CREATE INDEX IF NOT EXISTS revox_attempt_slot ON revox_attempt (tenant, concurrency_key);
CREATE INDEX IF NOT EXISTS revox_attempt_line ON revox_attempt (line);

CREATE TABLE IF NOT EXISTS revox_history (
  tenant VARCHAR NOT NULL,
  order_id VARCHAR NOT NULL,
  seq BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  status VARCHAR NOT NULL,
  cause VARCHAR NOT NULL,
  why VARCHAR NOT NULL,
  PRIMARY KEY (tenant, order_id, seq)
);

CREATE TABLE IF NOT EXISTS revox_outbox (
  tenant VARCHAR NOT NULL,
  order_id VARCHAR NOT NULL,
  seq BIGINT NOT NULL,
  event_id VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, order_id, seq)
);

-- One row per concurrency key and per line: whoever begins an attempt changes it first, so that beginnings go one by one.
CREATE TABLE IF NOT EXISTS revox_slot (
  tenant VARCHAR NOT NULL,
  concurrency_key VARCHAR NOT NULL,
  begun BIGINT NOT NULL,
  PRIMARY KEY (tenant, concurrency_key)
);

CREATE TABLE IF NOT EXISTS revox_line (
  name VARCHAR NOT NULL PRIMARY KEY,
  begun BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);

CREATE SEQUENCE IF NOT EXISTS revox_life;

CREATE TABLE IF NOT EXISTS revox_node (
  name VARCHAR NOT NULL PRIMARY KEY,
  life BIGINT NOT NULL,
  beat BIGINT NOT NULL
);

-- The table of db-scheduler.
CREATE TABLE IF NOT EXISTS revox_job (
  task_name VARCHAR NOT NULL,
  task_instance VARCHAR NOT NULL,
  task_data VARBINARY,
  execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by VARCHAR,
  last_success TIMESTAMP WITH TIME ZONE,
  last_failure TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat TIMESTAMP WITH TIME ZONE,
  version BIGINT NOT NULL,
  priority SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX IF NOT EXISTS revox_job_execution_time ON revox_job (execution_time);
CREATE INDEX IF NOT EXISTS revox_job_heartbeat ON revox_job (last_heartbeat);

CREATE VIEW IF NOT EXISTS revox_calls AS
  SELECT
    tenant,
    id,
    status,
    paused,
    to_number,
    campaign_id,
    outcome,
    DATEADD('NANOSECOND', due_at, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00') AS due,
    DATEADD('NANOSECOND', created_at, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00') AS created,
    DATEADD('NANOSECOND', updated_at, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00') AS updated
  FROM revox_order;
