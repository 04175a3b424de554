/** The web services: sessions, methods, the property collector, and how the inventory looks through them. */
@NullMarked
package io.vmferry.simulator.vsphere.soap;

import org.jspecify.annotations.NullMarked;
