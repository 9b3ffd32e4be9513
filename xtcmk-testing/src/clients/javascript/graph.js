import { Client } from "@microsoft/microsoft-graph-client";
import { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest }
  from "@azure/core-rest-pipeline";

/** Microsoft Graph's client, sending by azure-core: Node 20's fetch heeds no proxy. */
export const graphClient = (credential) =>
  Client.initWithMiddleware({ middleware: new OverAzureCore(credential) });

class OverAzureCore {
  pipeline = createPipelineFromOptions({});
  http = createDefaultHttpClient();

  constructor(credential) {
    this.credential = credential;
  }

  async execute(context) {
    const { token } = await this.credential.getToken("https://graph.microsoft.com/.default");
    const headers = createHttpHeaders(Object.fromEntries(new Headers(context.options.headers)));
    headers.set("Authorization", `Bearer ${token}`);
    const answer = await this.pipeline.sendRequest(this.http, createPipelineRequest({
      url: context.request,
      method: context.options.method,
      body: context.options.body,
      headers,
    }));
    const body = answer.status === 204 ? null : answer.bodyAsText;
    context.response = new Response(body, { status: answer.status, headers: answer.headers.toJSON() });
  }
}
