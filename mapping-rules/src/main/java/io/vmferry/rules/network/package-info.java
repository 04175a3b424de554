/**
 * Network cards: which network on the target, and which address is held.
 */
@NullMarked
package io.vmferry.rules.network;

import org.jspecify.annotations.NullMarked;
