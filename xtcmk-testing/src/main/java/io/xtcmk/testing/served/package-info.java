/** What a served Azure has beside its sockets: its host names, its pace, and the files that its clients need. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.served;
