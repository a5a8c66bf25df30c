// A real OpenID Connect provider on localhost. Whoever types an address is that person; an address
// that begins with "unverified" is told to be so. Tells its issuer in the first line it prints.
import http from "node:http";
import Provider from "oidc-provider";

const server = http.createServer();
await new Promise((ready) => server.listen(0, "localhost", ready));
const issuer = `http://localhost:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      redirect_uris: [process.env.REDIRECT_URI],
    },
  ],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified") }),
  }),
  // Who signs in here agrees that the portal may read the address.
  loadExistingGrant: async (context) => {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!DOCTYPE html><html lang="en"><title>Provider</title><h1>Provider</h1>
<form method="post" action="/interaction/${uid}"><label>Address <input name="login"></label> <button>Sign in</button></form>
<form method="post" action="/interaction/${uid}"><button name="cancel" value="1">Cancel</button></form></html>`;

const interact = async (request, response) => {
  if (request.method === "GET") {
    const { uid } = await provider.interactionDetails(request, response);
    response.setHeader("content-type", "text/html");
    return response.end(page(uid));
  }
  const sent = [];
  for await (const chunk of request) sent.push(chunk);
  const form = new URLSearchParams(Buffer.concat(sent).toString());
  const result = form.has("cancel")
    ? { error: "access_denied", error_description: "The person turned back." }
    : { login: { accountId: form.get("login") } };
  return provider.interactionFinished(request, response, result);
};

const handle = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return handle(request, response);
  return interact(request, response).catch((error) => {
    response.statusCode = 400;
    response.end(String(error));
  });
});
console.log(issuer);
