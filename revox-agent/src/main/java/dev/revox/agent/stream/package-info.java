/** What all provider ports share: cancelling and failing. */
@NullMarked
package dev.revox.agent.stream;

import org.jspecify.annotations.NullMarked;
