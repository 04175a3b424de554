/** What VMware's names of guests, cards and identifiers mean. */
@NullMarked
package io.vmferry.vmware.files.guest;

import org.jspecify.annotations.NullMarked;
