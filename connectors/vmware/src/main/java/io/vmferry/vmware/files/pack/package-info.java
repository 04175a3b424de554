/** The files a package consists of: members of a tar or files of a folder. */
@NullMarked
package io.vmferry.vmware.files.pack;

import org.jspecify.annotations.NullMarked;
