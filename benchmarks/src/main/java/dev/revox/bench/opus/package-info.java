/**
 * What an Opus frame costs beside libopus. Door: {@code OpusHarness}. libopus comes as the programs opusenc and opusdec.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.opus;
