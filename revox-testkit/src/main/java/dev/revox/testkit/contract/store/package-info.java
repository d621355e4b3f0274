/**
 * What every store must keep to, as tests to inherit: {@link dev.revox.testkit.contract.store.EngineStoreContract}, {@link
 * dev.revox.testkit.contract.store.BeginningContract}, {@link dev.revox.testkit.contract.store.JobSchedulerContract}, {@link
 * dev.revox.testkit.contract.store.NodeRegistryContract}. They need JUnit 5 and AssertJ on the class path.
 */
@NullMarked
package dev.revox.testkit.contract.store;

import org.jspecify.annotations.NullMarked;
