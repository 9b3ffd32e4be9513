package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.management.profile.AzureProfile;

/** What the clients of Azure Resource Manager's services share. */
record Arm(HttpPipeline pipeline, AzureProfile profile, Failures failures, LongRunning longRunning) {}
