-- Assistants, own numbers, suppressed numbers and campaigns of Revox, for PostgreSQL 12 and later.
-- Instants and tenants as in V1.

CREATE TABLE revox_assistant (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE revox_number (
  number TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant TEXT COLLATE "C" NOT NULL,
  name TEXT,
  inbound_assistant TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE INDEX revox_number_tenant ON revox_number (tenant, number);

CREATE TABLE revox_suppression (
  tenant TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  reason TEXT NOT NULL,
  since BIGINT NOT NULL,
  order_id TEXT COLLATE "C",
  PRIMARY KEY (tenant, number)
);

-- Goes up with every change of an assistant or an own number.
CREATE TABLE revox_revision (
  id INTEGER NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL
);

INSERT INTO revox_revision (id, revision) VALUES (1, 0);

CREATE TABLE revox_campaign (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  active BOOLEAN NOT NULL,
  spacing BIGINT NOT NULL,
  free_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  launched_at BIGINT,
  ended_at BIGINT,
  snapshot TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX revox_campaign_active ON revox_campaign (tenant, id) WHERE active;

CREATE TABLE revox_contact (
  tenant TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  number TEXT NOT NULL,
  reference TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL,
  placed BOOLEAN NOT NULL,
  attempted BOOLEAN NOT NULL,
  rejection TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, campaign_id, id)
);

CREATE UNIQUE INDEX revox_contact_reference ON revox_contact (tenant, campaign_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX revox_contact_state ON revox_contact (tenant, campaign_id, state, id);

-- Only the sums over a campaign's rows count.
CREATE TABLE revox_contact_count (
  tenant TEXT COLLATE "C" NOT NULL,
  campaign_id TEXT COLLATE "C" NOT NULL,
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
) WITH (fillfactor = 70);
