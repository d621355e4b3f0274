/** The model checker at work. */
@NullMarked
package dev.revox.testkit.model;

import org.jspecify.annotations.NullMarked;
