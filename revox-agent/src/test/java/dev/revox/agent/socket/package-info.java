/** WebSockets against a server that sends what it likes. */
@NullMarked
package dev.revox.agent.socket;

import org.jspecify.annotations.NullMarked;
