@NullMarked
package dev.revox.sip.identity;

import org.jspecify.annotations.NullMarked;
