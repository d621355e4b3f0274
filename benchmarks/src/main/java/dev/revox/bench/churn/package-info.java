/** Very many calls one after the other and at once between two SIP lines, and what is left of them. */
@NullMarked
package dev.revox.bench.churn;

import org.jspecify.annotations.NullMarked;
