/**
 * The source side: what a connector to vSphere, oVirt or plain files offers.
 */
@NullMarked
package io.vmferry.spi.source;

import org.jspecify.annotations.NullMarked;
