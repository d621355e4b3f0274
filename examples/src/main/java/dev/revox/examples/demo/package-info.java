/** The parts of the demo: who plays the providers, what is printed. Doors: {@link dev.revox.examples.demo.DemoCall}, {@link
 * dev.revox.examples.demo.DemoSettings}. */
@NullMarked
package dev.revox.examples.demo;

import org.jspecify.annotations.NullMarked;
