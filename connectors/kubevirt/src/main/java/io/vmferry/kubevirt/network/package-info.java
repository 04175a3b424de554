/** Ways to give a network card its network. */
@NullMarked
package io.vmferry.kubevirt.network;

import org.jspecify.annotations.NullMarked;
