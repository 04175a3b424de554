/** Manifests of OVF packages, and the proof that files are what their manifest says. */
@NullMarked
package io.vmferry.vmware.files.manifest;

import org.jspecify.annotations.NullMarked;
