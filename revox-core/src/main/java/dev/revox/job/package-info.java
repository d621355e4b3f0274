/**
 * Work that is due at an instant. Door: {@link dev.revox.job.JobScheduler}. A job is a hint that may come late, twice or, after
 * a crash, not at all: the order's row is the truth, and a sweep makes up for jobs that are missing. No call runs inside a job.
 */
@NullMarked
package dev.revox.job;

import org.jspecify.annotations.NullMarked;
