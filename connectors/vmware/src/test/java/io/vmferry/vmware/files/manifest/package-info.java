@NullMarked
package io.vmferry.vmware.files.manifest;

import org.jspecify.annotations.NullMarked;
