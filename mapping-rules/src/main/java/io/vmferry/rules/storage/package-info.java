/**
 * Disks: storage class, format, encoding, and how many bytes will move.
 */
@NullMarked
package io.vmferry.rules.storage;

import org.jspecify.annotations.NullMarked;
