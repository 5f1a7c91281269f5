import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './startServer';

// Standard input and output, or the channel of the parent process: the command line says which.
startServer(createConnection(ProposedFeatures.all));
