/** Conversations over a line that sends our own voice back, in virtual time: real sound, real detectors, scripted providers. */
@NullMarked
package dev.revox.testkit.echo;

import org.jspecify.annotations.NullMarked;
