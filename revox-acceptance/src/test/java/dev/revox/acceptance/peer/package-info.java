/** Foreign programs as telephones and trunks: baresip, kamailio, SIPp. Tests that need an absent one are skipped by name. */
@NullMarked
package dev.revox.acceptance.peer;

import org.jspecify.annotations.NullMarked;
