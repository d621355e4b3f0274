-- Assistants, own numbers, suppressed numbers and campaigns of Revox, for H2 2.x.
-- Instants and tenants as in V1.

CREATE TABLE IF NOT EXISTS revox_assistant (
  tenant VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  version BIGINT NOT NULL,
  body VARCHAR NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS revox_number (
  number VARCHAR NOT NULL PRIMARY KEY,
  tenant VARCHAR NOT NULL,
  name VARCHAR,
  inbound_assistant VARCHAR,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS revox_number_tenant ON revox_number (tenant, number);

CREATE TABLE IF NOT EXISTS revox_suppression (
  tenant VARCHAR NOT NULL,
  number VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  since BIGINT NOT NULL,
  order_id VARCHAR,
  PRIMARY KEY (tenant, number)
);

-- Goes up with every change of an assistant or an own number.
CREATE TABLE IF NOT EXISTS revox_revision (
  id INTEGER NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL
);

INSERT INTO revox_revision (id, revision) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM revox_revision);

CREATE TABLE IF NOT EXISTS revox_campaign (
  tenant VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  active BOOLEAN NOT NULL,
  spacing BIGINT NOT NULL,
  free_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  launched_at BIGINT,
  ended_at BIGINT,
  snapshot VARCHAR,
  body VARCHAR NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX IF NOT EXISTS revox_campaign_active ON revox_campaign (active, tenant, id);

CREATE TABLE IF NOT EXISTS revox_contact (
  tenant VARCHAR NOT NULL,
  campaign_id VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  number VARCHAR NOT NULL,
  reference VARCHAR,
  state VARCHAR NOT NULL,
  placed BOOLEAN NOT NULL,
  attempted BOOLEAN NOT NULL,
  rejection VARCHAR,
  body VARCHAR NOT NULL,
  PRIMARY KEY (tenant, campaign_id, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS revox_contact_reference ON revox_contact (tenant, campaign_id, reference);
CREATE INDEX IF NOT EXISTS revox_contact_state ON revox_contact (tenant, campaign_id, state, id);

-- Only the sums over a campaign's rows count.
CREATE TABLE IF NOT EXISTS revox_contact_count (
  tenant VARCHAR NOT NULL,
  campaign_id VARCHAR NOT NULL,
  shard INTEGER NOT NULL,
  n_pending BIGINT DEFAULT 0 NOT NULL,
  n_placed BIGINT DEFAULT 0 NOT NULL,
  n_in_call BIGINT DEFAULT 0 NOT NULL,
  n_retrying BIGINT DEFAULT 0 NOT NULL,
  n_held BIGINT DEFAULT 0 NOT NULL,
  n_reached BIGINT DEFAULT 0 NOT NULL,
  n_not_reached BIGINT DEFAULT 0 NOT NULL,
  n_failed BIGINT DEFAULT 0 NOT NULL,
  n_rejected BIGINT DEFAULT 0 NOT NULL,
  n_cancelled BIGINT DEFAULT 0 NOT NULL,
  PRIMARY KEY (tenant, campaign_id, shard)
);
