/** Microsoft Graph: applications, federated identity credentials, service principals. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.graph;
